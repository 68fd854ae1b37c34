import CZlib
import Ingester
import SimTime

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// 2026-08-01T09:00:00Z, from which the tests count seconds.
let epoch = Instant(seconds: 1_785_574_800)

func at(_ seconds: Int64) -> Instant { epoch + .seconds(seconds) }

/// A flow record whose window ends `seconds` after the epoch, with TCP entries `src>dst`.
func flowRecord(_ node: String, _ seconds: Int64, _ entries: String..., name: String = "") -> String {
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
func auditRecord(_ group: Int, _ seconds: Int64, actor: String = "u1CNTRL", error: String? = nil) -> String {
    let digits = String(group, radix: 16)
    let id = String(repeating: "0", count: 32 - digits.count) + digits
    return
        "{\"logged\":\"\(at(seconds + 1).rfc3339)\",\"eventTime\":\"\(at(seconds).rfc3339)\",\"eventGroupID\":\"\(id)\","
        + "\"origin\":\"CONFIG_API\",\"actor\":{\"id\":\"\(actor)\",\"type\":\"USER\",\"loginName\":\"ana@example.com\","
        + "\"displayName\":\"\"},\"target\":{\"id\":\"t1\",\"name\":\"t\",\"type\":\"\(error == nil ? "TAILNET" : "FAILED_REQUEST")\"},"
        + "\"action\":\"UPDATE\"" + (error.map { ",\"error\":\"\($0)\"}" } ?? "}")
}

/// The streamed form of a flow record that was made by `flowRecord`.
func envelope(_ seconds: Int64, _ record: String) -> String {
    let time = (at(seconds).nanoseconds - 2_500_000_000) / 1_000_000
    let body = record.drop { $0 != "," }.dropFirst()
    return
        "{\"time\":\(time / 1_000).\(time % 1_000 / 100),\"event\":{\(body),\"fields\":{\"recorded\":\"\(at(seconds + 2).rfc3339)\"}}"
}

func lines(_ records: [String]) -> [UInt8] { Array(records.map { $0 + "\n" }.joined().utf8) }

/// Compresses to one gzip member.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
        &stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1_000)
    let count = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            deflate(&stream, Z_FINISH)
            deflateEnd(&stream)
            return Int(stream.total_out)
        }
    }
    return Array(output[..<count])
}

/// Runs a receiver on loopback for the time of `body`.
func withReceiver(
    _ configuration: ReceiverConfiguration = ReceiverConfiguration(),
    _ body: (Receiver, HTTPConnection) async throws -> Void
) async throws {
    let receiver = Receiver(configuration: configuration)
    let port = try await receiver.start()
    do {
        try await body(receiver, try HTTPConnection(port: port))
    } catch {
        try await receiver.stop()
        throw error
    }
    try await receiver.stop()
}

/// Makes a folder that did not exist, and removes it with what is in it after `body`.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    var template = Array("/tmp/mocktail-ingester-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw HTTPConnection.Failure(message: "no temporary folder") }
    let folder = String(cString: made)
    defer {
        for name in ["configuration.ndjson", "network.ndjson", "alerts.ndjson"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }
    try await body(folder)
}

func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// A reproducible source of numbers for the tests' own draws.
struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
