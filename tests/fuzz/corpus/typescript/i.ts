#!/usr/bin/env node
import * as cp from 'child_process'
const bin = process.env.DOCKER ?? 'docker'
export const App = ({ a }: { a: string }) => <div title="x">Don't run `docker` {a ? 'x' : "y"} http://x/y</div>
export default class X<T extends { a: string }> extends Y {
  static async *gen(this: X<any>, opts?: { v: string[] }): AsyncGenerator<string> {
    const dockerArgs: string[] = ['run', '--rm', ...opts.v.flatMap((v) => ['-v', v]), opts?.x ? '--privileged' : '-d', 'alpine']
    const child = cp.spawn(bin, dockerArgs, { shell: process.platform === 'win32' })
    yield* other
  }
  handler = async () => { await promisify(cp.exec)(`docker run --privileged alpine`) }
  x() { cp.exec(`docker run -v ${process.cwd()}:/x -v "${a b}":/y --privileged alpine sh -c 'echo "x"'`, (e) => { if (e) throw e }) }
}
function q(cmd, args = []) { return spawnSync(cmd, args, {}) }
q('docker', ['run', '--pid', 'host', 'alpine'])
const s = `nested ${`docker ${x}`} /* not a comment */`
let re = a / b / c, r2 = /[/'"]/g
exec("docker run --privileged \"alpine\"")
exec('docker run --privileged \'alpine\' \u{1F600}')
new Deno.Command("docker", { args: ["run", "--privileged", "alpine"], stdout: "piped" })
Bun.spawn(["docker", "run", "--privileged", "alpine"])
const opts = { image: 'docker' } as const satisfies Foo
const argv = ['docker', 'run', '--privileged', 'alpine'] as const
argv.splice(1, 0, '--tls')
foo(argv)
/docker/.exec("docker run --privileged alpine")
if (x) exec('docker run -d alpine'); else exec('docker run --pid=host alpine')
