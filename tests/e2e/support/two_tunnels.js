// A terminal with two tunnels in one HTTP/2 connection, through each of which it sends the same file at the same time:
//   node two_tunnels.js ADDRESS PORT PROXY_NAME PROXY_CA OWN_CERTIFICATE OWN_KEY CLOUD_NAME CLOUD_PORT CLOUD_CA CERTIFICATE KEY PATH FILE
// Prints the cloud's answers, one a line.
const fs = require('fs');
const http2 = require('http2');
const tls = require('tls');

const [host, port, proxy, proxyCa, ownCert, ownKey, cloud, cloudPort, cloudCa, cert, key, path, file] = process.argv.slice(2);
const body = fs.readFileSync(file);
const fail = (error) => { console.error(error); process.exit(1); };

function identity(ca, certificate, privateKey) {
  return { ca: fs.readFileSync(ca), cert: fs.readFileSync(certificate), key: fs.readFileSync(privateKey), minVersion: 'TLSv1.3' };
}

const line = tls.connect({ host, port, servername: proxy, ALPNProtocols: ['h2'], ...identity(proxyCa, ownCert, ownKey) });
const box = http2.connect(`https://${proxy}:${port}`, { createConnection: () => line });
box.on('error', fail);

function upload() {
  return new Promise((resolve) => {
    const tunnel = box.request({ ':method': 'CONNECT', ':authority': `${cloud}:${cloudPort}` });
    tunnel.on('error', fail);
    tunnel.on('response', (head) => {
      if (head[':status'] !== 200) fail(head[':status']);
      const inner = tls.connect({ socket: tunnel, servername: cloud, ...identity(cloudCa, cert, key) });
      let answer = '';
      inner.on('error', fail);
      inner.on('data', (octets) => { answer += octets; });
      inner.on('end', () => resolve(answer.slice(answer.indexOf('\r\n\r\n') + 4)));
      inner.write(`PUT ${path} HTTP/1.1\r\nHost: ${cloud}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`);
      inner.write(body);
    });
  });
}

Promise.all([upload(), upload()]).then((answers) => {
  answers.forEach((answer) => console.log(answer.trim()));
  process.exit(0);
});
