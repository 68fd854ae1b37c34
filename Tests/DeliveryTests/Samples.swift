import Delivery
import NIOCore
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
    Batch(
        bytes: ByteBuffer(string: records.map { $0 + "\n" }.joined()),
        lengths: records.map { UInt32($0.utf8.count) }, sequence: sequence, due: due)
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
