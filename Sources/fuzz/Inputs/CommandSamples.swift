/// Command lines of every command, which are right as they stand.
///
/// They name files of the folder that `CommandsTarget` makes, and addresses of the loopback alone.
enum CommandSamples {
    static let lines: [[String]] =
        [
            "demo --scenario port-22-spike --detections own --json",
            "demo --scenario small.yaml --html page.html --inject https-off@+1h",
            "generate small.yaml --out new --from +1h --duration 10m",
            "generate quickstart --out new --duration 3m --seed 7 --compress gzip --compress-level 9 --channel stream",
            "generate quickstart --out run --force --duration 2m --mark --snapshots 1m --threads 2 --shard 1/3",
            "generate quickstart --out - --log network --duration 1m", "generate small.yaml --estimate --json",
            "generate small.yaml --summary --json --without-incidents --start 2026-05-04T00:00:00Z",
            "generate quickstart --out new --inject port-22-spike@+2h,sessions=80 --from +2h --duration 5m",
            "replay run --to file:held.ndjson", "replay run --log network --to file:- --json",
            "replay run --to network=file:a --to configuration=file:b --rate 5000/s",
            "replay quickstart --duration 2m --to http://127.0.0.1:9/ --give-up-after 1s --connections 2",
            "replay run --to splunk+http://user:token@127.0.0.1:9/services/collector --compress gzip --give-up-after 100ms",
            "replay small.yaml --to file:held --speed 3600x --duration 10m",
            "replay small.yaml --to file:held --follow --start now --duration 1m",
            "replay run --to file:held --channel poll --impair delay=60s,loss=0.1%,duplicate=0.5%,reorder=30s",
            "replay run --to file:held --score 127.0.0.1:0 --score-wait 1s --alert-time arrival",
            "ingest --port 0 --out held --alerts found.ndjson --token secret --json",
            "ingest --detections list", "ingest --port 0 --detections none --score run",
            "score --truth run --alerts alerts.ndjson --json",
            "score --truth run/truth --alerts alerts.ndjson --match-rules",
            "score --truth run --alerts alerts.ndjson --junit j.xml --html p.html --condition load=5",
            "score --truth run --alerts alerts.ndjson --preset splunk --format csv --time-format %d/%m/%Y",
            "score --truth run --alerts alerts.ndjson --time-field time --rule-field rule --entity-field entities.** --list-path a.b",
            "score --truth run --alerts alerts.ndjson --window 2026-03-02T07:00:00Z/2026-03-02T19:00:00Z --grace 5m --alert-span 1m",
            "score --truth run --alerts alerts.ndjson --fail-under recall=0.9,precision=0.8 --fail-over falseAlertsPerDay=2",
            "score --truth run --alerts alerts.ndjson --rule-map a=mocktail/port-22-spike --match-targets port-22-spike",
            "score --curve result.json --html curve.html", "score --fixtures fixtures --alerts alerts.ndjson",
            "incident list --json", "incident show port-22-spike --json", "anomaly show https-off",
            "fixtures --kind https-off --variant attack --out new --seed 3 --json",
            "fixtures --kind beaconing --variant under --mutate 1 --out fixtures --force",
            "scenario list", "scenario show small.yaml --json", "scenario new mine --from small.yaml --out new",
            "scenario check small.yaml broken.yaml quickstart", "scenario schema", "policy check rules.hujson --json",
            "policy check rules.hujson --tailnet run", "policy test rules.hujson --tailnet quickstart",
            "policy explain rules.hujson --tailnet run --from ana --to web-1:443 --proto tcp",
            "policy explain rules.hujson --tailnet quickstart --from ana --to web-1 --ssh root",
            "policy compile rules.hujson --tailnet run --json", "policy format rules.hujson --check", "help generate",
            "--version",
            "generate --help",
        ].map { $0.split(separator: " ").map(String.init) }

    /// Values that take the place of others.
    static let values = [
        "", " ", "-", "--", "=", ",", "0", "-1", "1", "99999999", "9223372036854775807", "18446744073709551616", "1e9",
        "NaN", "nan%",
        "0.0000001", "é", "\u{1B}[31mred", "a\nb", "\u{202E}abc", "x\u{7F}", "~", "*", ".", "-o", "@file", "$HOME", "%",
        "%Q", "%s",
        "1/0", "0/0", "3/2", "1/99999999999", "0s", "1ns", "-1h", "292y", "106752d", "9223372037s", "+0s", "+99999d",
        "1678-01-01T00:00:00Z",
        "2261-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "now", "yesterday", "0x", "1000000000x", "0/s", "1/s", "10k/s",
        "1e300/s",
        "file:", "file:.", "file:run", "http:", "http:127.0.0.1", "KIND@", "@+1h", "port-22-spike@",
        "port-22-spike@+1h,sessions=-1",
        "port-22-spike@+1h,sessions=99999999999", "delay=-1s", "loss=101%", "loss=1e-9%", "reorder=9999d", "none",
        "all", "list", "run",
        "alerts.ndjson", "small.yaml", "broken.yaml", "rules.hujson", "new", "missing", "result.json", "run.ndjson",
    ]

    /// Every option, to be put anywhere.
    static let options: [String] = Set(lines.joined().filter { $0.hasPrefix("--") }).sorted()

    /// A scenario of four devices and a day.
    static let scenario = """
        # Four devices and a day.
        mocktail: 1
        name: small
        seed: 3
        clock: {start: 2026-03-02T07:00:00Z, duration: 1d}
        tailnet: {organization: example.com, dns: tail1, policy: rules.hujson}
        users:
          - {name: ana, displayName: Ana Ruiz, role: owner, timeZone: Europe/Madrid}
          - {name: ben, displayName: Ben Ode, timeZone: Asia/Kolkata}
        nodes:
          - {name: ana-laptop, user: ana, os: macOS}
          - {name: ben-laptop, user: ben, os: linux}
          - {name: web, count: 2, tags: [tag:web]}
        traffic:
          - {name: pages, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 20}
        incidents:
          - {kind: port-22-spike, at: +4h, duration: 5m, node: ana-laptop, sessions: 60}

        """

    /// Its policy.
    static let policy = """
        {
          "tagOwners": {"tag:web": ["autogroup:admin"]},
          "grants": [{"src": ["autogroup:member"], "dst": ["tag:web"], "ip": ["tcp:443", "tcp:22"]}],
          "tests": [{"src": "ana@example.com", "accept": ["tag:web:443"]}],
          "ssh": [{"action": "accept", "src": ["autogroup:member"], "dst": ["tag:web"], "users": ["root"]}],
        }

        """
}
