# required
# needs: node
# prints: files text
# prints: child out
# prints: worker 42
# prints: http pong
# prints: watch file
# prints: hash 32
cat >main.mjs <<'END'
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import crypto from 'node:crypto';
import { Worker } from 'node:worker_threads';

await fs.promises.writeFile('text', 'text');
console.log('files', await fs.promises.readFile('text', 'utf8'));
const child = spawn('sh', ['-c', 'echo out']);
console.log('child', String((await once(child.stdout, 'data'))[0]).trim());
const worker = new Worker('require("worker_threads").parentPort.postMessage(42)', { eval: true });
console.log('worker', (await once(worker, 'message'))[0]);
const server = http.createServer((request, response) => response.end('pong')).listen(0, '127.0.0.1');
await once(server, 'listening');
const answer = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers: { connection: 'close' } });
console.log('http', await answer.text());
server.close();
fs.mkdirSync('watched');
const watcher = fs.watch('watched');
const changed = once(watcher, 'change');
fs.writeFileSync('watched/file', '');
console.log('watch', (await changed)[1]);
watcher.close();
console.log('hash', (await crypto.subtle.digest('SHA-256', new Uint8Array(1))).byteLength);
execFileSync('true');
END
node main.mjs
