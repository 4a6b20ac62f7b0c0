import type { JSX } from 'preact';
import qrcode from 'qrcode-generator';

/** The dark modules as one path, a unit square each. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return { size, path };
}

const quiet = 4;  // modules around it (ISO/IEC 18004)

export function Qr({ text, label }: { text: string; label: string }): JSX.Element {
  const { size, path } = qrPath(text);
  const whole = size + 2 * quiet;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-quiet} ${-quiet} ${whole} ${whole}`} shape-rendering="crispEdges">
      <rect x={-quiet} y={-quiet} width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
