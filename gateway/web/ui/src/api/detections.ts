/** What the box looks for (gateway/detect/kinds.def): each has its words as `detected`, `detected_care` and `detected_do`. */
export const detectionKinds = ['port_scan', 'address_scan', 'handshake_guess', 'handshake_crowd', 'two_places', 'unusual_volume', 'unusual_hour', 'new_tls_client', 'egress_name', 'egress_packet'] as const;
