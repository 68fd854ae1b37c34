public import SimTime

/// 2026-08-01T09:00:00Z, from which the tests count seconds.
public let epoch = Instant(seconds: 1_785_574_800)

/// The instant so many seconds later.
public func at(_ seconds: Int64) -> Instant { epoch + .seconds(seconds) }

/// A flow record whose window ends `seconds` after the epoch, with TCP entries `src>dst`.
public func flowRecord(_ node: String, _ seconds: Int64, _ entries: String..., name: String = "") -> String {
    let traffic = entries.map { entry in
        let ends = entry.split(separator: ">")
        return "{\"proto\":6,\"src\":\"\(ends[0])\",\"dst\":\"\(ends[1])\",\"txPkts\":1,\"txBytes\":60}"
    }
    let reporter =
        name.isEmpty ? "" : ",\"srcNode\":{\"nodeId\":\"\(node)\",\"name\":\"\(name)\",\"addresses\":[\"100.64.0.1\"]}"
    return "{\"logged\":\"\(at(seconds + 2).rfc3339)\",\"nodeId\":\"\(node)\",\"start\":\"\(at(seconds - 5).rfc3339)\","
        + "\"end\":\"\(at(seconds).rfc3339)\"\(reporter)"
        + (traffic.isEmpty ? "}" : ",\"virtualTraffic\":[\(traffic.joined(separator: ","))]}")
}

/// An audit record of a change, or of a failed request where `error` is given.
public func auditRecord(_ group: Int, _ seconds: Int64, actor: String = "u1CNTRL", error: String? = nil) -> String {
    let digits = String(group, radix: 16)
    let id = String(repeating: "0", count: 32 - digits.count) + digits
    return
        "{\"logged\":\"\(at(seconds + 1).rfc3339)\",\"eventTime\":\"\(at(seconds).rfc3339)\",\"eventGroupID\":\"\(id)\","
        + "\"origin\":\"CONFIG_API\",\"actor\":{\"id\":\"\(actor)\",\"type\":\"USER\",\"loginName\":\"ana@example.com\","
        + "\"displayName\":\"\"},\"target\":{\"id\":\"t1\",\"name\":\"t\",\"type\":\"\(error == nil ? "TAILNET" : "FAILED_REQUEST")\"},"
        + "\"action\":\"UPDATE\"" + (error.map { ",\"error\":\"\($0)\"}" } ?? "}")
}

/// The streamed form of a flow record that was made by `flowRecord`.
public func envelope(_ seconds: Int64, _ record: String) -> String {
    let time = (at(seconds).nanoseconds - 2_500_000_000) / 1_000_000
    let body = record.drop { $0 != "," }.dropFirst()
    return
        "{\"time\":\(time / 1_000).\(time % 1_000 / 100),\"event\":{\(body),\"fields\":{\"recorded\":\"\(at(seconds + 2).rfc3339)\"}}"
}

/// Records as one text, one a line.
public func lines(_ records: [String]) -> [UInt8] { Array(records.map { $0 + "\n" }.joined().utf8) }

/// A reproducible source of numbers for the tests' own draws.
public struct Draws: RandomNumberGenerator {
    public var state: UInt64

    /// Makes a source whose numbers follow from its state.
    public init(state: UInt64) { self.state = state }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
