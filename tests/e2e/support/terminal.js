// A terminal that speaks Node's TLS: node terminal.js HOST PORT NAME CA [CERTIFICATE KEY] < request
const fs = require('fs');
const tls = require('tls');

const [host, port, servername, ca, cert, key] = process.argv.slice(2);
const options = { host, port, servername, ca: fs.readFileSync(ca), minVersion: 'TLSv1.3', ciphers: 'DEFAULT@SECLEVEL=0' };
if (cert) Object.assign(options, { cert: fs.readFileSync(cert), key: fs.readFileSync(key) });

const session = tls.connect(options, () => process.stdin.pipe(session, { end: false }));
session.on('data', (data) => process.stdout.write(data));
session.on('close', () => process.stdin.destroy());
session.on('error', (error) => { console.error(error.message); process.exitCode = 1; });
