import NIOCore
import NIOPosix
import Synchronization
import SystemFiles

/// Writes batches one after another to a file, which gets its name only when it is complete.
final class FileCarrier: Carrier {
    private struct State {
        var file: AtomicFile
        /// Bytes of the batches written whole.
        var length = 0
    }

    /// One writer, so that the file has the order of submission.
    let concurrency: Int? = 1
    private let path: String
    private let writtenPath: String
    private let state: Mutex<State>
    /// Whether a write is under way, which may be one that never ends: into a pipe that nobody reads.
    private let isWriting = Atomic(false)

    init(path: String) throws(DeliveryError) {
        self.path = path
        do throws(FileError) {
            let file = try AtomicFile(path)
            writtenPath = file.writtenPath
            state = Mutex(State(file: file))
        } catch {
            guard let reason = error.system else {
                // What stands in the way may also be a link, or another process that writes to the file.
                let isFolder = error.cause == .folder
                throw DeliveryError(
                    .cannotOpen, isFolder ? "\"\(path)\" is a directory; name a file in it." : "\(error)")
            }
            throw DeliveryError(
                .cannotOpen, "cannot create \"\(path)\": \(reason); choose a directory that exists and is writable.")
        }
    }

    deinit { state.withLock { $0.file.leave() } }

    func send(_ request: OutgoingRequest) async -> Attempt {
        let ending = WriteEnding()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                ending.wait(continuation)
                // A write may block for long; the threads of tasks must not.
                NIOThreadPool.singleton.submit { pool in
                    guard pool == .active else {
                        return ending.end(Attempt(result: .cancelled, wireBytes: 0))
                    }
                    self.isWriting.store(true, ordering: .sequentiallyConsistent)
                    let attempt = self.write(request.body)
                    self.isWriting.store(false, ordering: .sequentiallyConsistent)
                    ending.end(attempt)
                }
            }
        } onCancel: {
            ending.end(Attempt(result: .abandoned, wireBytes: 0))
        }
    }

    func close(isComplete: Bool) async throws(DeliveryError) {
        // A write that blocks holds the file until the process ends.
        if !isComplete, isWriting.load(ordering: .sequentiallyConsistent) { return }
        let problem: FileError? = state.withLock { state in
            guard isComplete else {
                state.file.leave()
                return nil
            }
            do throws(FileError) { try state.file.finish(leavesPart: true) } catch { return error }
            return nil
        }
        guard let problem else { return }
        let reason = problem.system?.description ?? problem.description
        throw DeliveryError(
            .cannotFinish, "cannot rename \"\(writtenPath)\" to \"\(path)\": \(reason); rename it by hand.")
    }

    /// Writes all of `body` or, as far as the file lets itself be cut, nothing.
    private func write(_ body: ByteBuffer) -> Attempt {
        state.withLock { state in
            let problem: FileError
            do throws(FileError) {
                try state.file.write(body.readableBytesUInt8Span)
                state.length += body.readableBytes
                return Attempt(result: .stored, wireBytes: body.readableBytes)
            } catch {
                problem = error
            }
            // Half a batch is not acknowledged, so it must not stay.
            let isCut = state.file.cut(to: state.length)
            let remains = isCut && state.length > 0 ? "; the batches written before stay in it" : ""
            let reason = problem.system?.description ?? problem.description
            let text = "cannot write \"\(writtenPath)\": \(reason); free some space or choose another place" + remains
            return Attempt(
                result: .unusable, failure: Account.Failure(kind: "file", text: text), wireBytes: 0)
        }
    }
}

/// The end of a write, or of the wait for it: what comes first counts.
private final class WriteEnding: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Attempt, Never>?
        var attempt: Attempt?
    }

    private let state = Mutex(State())

    func wait(_ continuation: CheckedContinuation<Attempt, Never>) {
        let attempt = state.withLock { state in
            if state.attempt == nil { state.continuation = continuation }
            return state.attempt
        }
        if let attempt { continuation.resume(returning: attempt) }
    }

    func end(_ attempt: Attempt) {
        let continuation = state.withLock { state in
            state.attempt = state.attempt ?? attempt
            return state.continuation.take()
        }
        continuation?.resume(returning: attempt)
    }
}
