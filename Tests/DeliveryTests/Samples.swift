import Delivery
import NIOCore
import SimTime
import Synchronization
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A batch of `count` small records that differ from those of every other sequence.
func sampleBatch(_ sequence: Int, count: Int = 10, due: ContinuousClock.Instant? = nil) -> Batch {
    batch((0..<count).map { "{\"batch\":\(sequence),\"n\":\($0)}" }, sequence: sequence, due: due)
}

/// A batch of the given records.
func batch(_ records: [String], sequence: Int = 0, due: ContinuousClock.Instant? = nil) -> Batch {
    var offset = 0
    let parts = records.enumerated().map { ordinal, text in
        defer { offset += text.utf8.count + 1 }
        return BatchRecord(
            ordinal: ordinal, logged: Instant(seconds: Int64(ordinal)), offset: UInt32(offset),
            length: UInt32(text.utf8.count))
    }
    return Batch(
        identity: BatchIdentity(log: "network", first: 0, count: records.count), records: parts,
        bytes: ByteBuffer(string: records.map { $0 + "\n" }.joined()), sequence: sequence, due: due)
}

/// An answer of a status, with some header fields.
func answer(_ status: Int, _ fields: [String: String] = [:], body: String = "") -> HTTPAnswer {
    var text = "HTTP/1.1 \(status) \r\nContent-Length: \(body.utf8.count)\r\n"
    for (name, value) in fields { text += "\(name): \(value)\r\n" }
    var reader = HTTPAnswerReader()
    do { if let answer = try reader.take(ByteBuffer(string: text + "\r\n" + body)) { return answer } } catch {}
    fatalError("the sample is no answer")
}

/// A policy whose waits a test does not notice.
func quickRetry(giveUpAfter: Duration = .seconds(20), attempts: Int? = nil) -> RetryPolicy {
    RetryPolicy(
        initialDelay: .milliseconds(1), maximumDelay: .milliseconds(4), giveUpAfter: giveUpAfter,
        maximumAttempts: attempts)
}

/// Runs `body` with a new directory, which is removed afterwards.
func withTemporaryDirectory<T>(_ body: (String) async throws -> T) async throws -> T {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("delivery-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory.path)
}

/// The text of a file; nil where there is none.
func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).flatMap { String(data: $0, encoding: .utf8) }
}

/// Reads the account of a shipper over and over, until told to stop, and keeps those that do not add up.
final class BalanceWatch: Sendable {
    private struct State {
        var unbalanced: [Account] = []
        var readings = 0
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Watches until `body` is done; gives the number of readings, after checking that all of them add up.
    func watch<T: Sendable>(_ shipper: Shipper, during body: () async throws -> T) async throws -> T {
        let watcher = Task.detached { [self] in
            repeat {
                let account = shipper.account
                state.withLock {
                    $0.readings += 1
                    if !account.isBalanced || account.lost != account.inFlight { $0.unbalanced.append(account) }
                }
                await Task.yield()
            } while !state.withLock { $0.isStopped }
        }
        do {
            let result = try await body()
            state.withLock { $0.isStopped = true }
            await watcher.value
            state.withLock {
                #expect($0.unbalanced == [])
                #expect($0.readings > 0)
            }
            return result
        } catch {
            state.withLock { $0.isStopped = true }
            throw error
        }
    }
}
