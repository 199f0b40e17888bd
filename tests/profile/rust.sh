# needs: rustc cc
# prints: 10 from threads
# prints: child out
# rustup looks for its toolchains at home.
HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
cat >main.rs <<'END'
use std::process::Command;
use std::thread;
fn main() {
    let threads: Vec<_> = (1..=4).map(|n| thread::spawn(move || n)).collect();
    let sum: i32 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    println!("{} from threads", sum);
    let out = Command::new("echo").arg("out").output().unwrap();
    print!("child {}", String::from_utf8_lossy(&out.stdout));
}
END
rustc -O main.rs
./main
