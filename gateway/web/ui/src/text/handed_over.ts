// The report of the installation, sekisho.setup-report/1: one that was made stays as it is, so nothing here is ever taken away.

export interface HandedOver {
  readonly site: string;
  readonly finished: string;
  readonly by: string;
  readonly device: { readonly subject?: string; readonly serial?: string; readonly sha256?: string; readonly until?: string; readonly evidence_key?: string };
  readonly generation: number;
  readonly steps: readonly { readonly step: string; readonly stated?: string; readonly by?: string; readonly at?: string }[];
  readonly network: {
    readonly ports: readonly {
      readonly side: string; readonly segment?: string; readonly interface: string; readonly source: string;
      readonly addresses: readonly string[]; readonly gateways: readonly string[];
    }[];
    readonly listeners: readonly { readonly tenant?: string; readonly address: string; readonly port: number; readonly services: readonly string[] }[];
  };
  readonly rules: readonly {
    readonly tenant: string; readonly rule: string; readonly service: string; readonly server_name: string; readonly port: number; readonly terminals: readonly string[];
  }[];
  readonly test: {
    readonly ended: string;
    readonly services: readonly { readonly tenant: string; readonly service: string; readonly outcome: string; readonly remote: string }[];
  };
  readonly proof: { readonly ended: string; readonly held: number; readonly broken: number; readonly unproven: number; readonly sha256: string };
}

export const handedOver = (text: string): HandedOver => JSON.parse(text) as HandedOver;
