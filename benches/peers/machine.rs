//! What the figures were measured on, as far as Linux tells; elsewhere it is left out.

use std::fs;

/// Cores, processor and memory, in one line.
pub fn line() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut parts = vec![format!("{cores} cores")];
    parts.extend(field("/proc/cpuinfo", "model name"));
    let memory = field("/proc/meminfo", "MemTotal");
    let kibibytes = memory.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    parts.extend(kibibytes.map(|count| format!("{:.0} GiB", count / 1024.0 / 1024.0)));
    parts.push(std::env::consts::OS.to_owned());
    format!("Machine: {}.", parts.join(", "))
}

/// How many processes wanted to run, on the average of the last minute.
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
