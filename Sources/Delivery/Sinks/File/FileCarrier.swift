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

    init(path: String) throws(DeliveryError) {
        self.path = path
        do throws(FileError) {
            let file = try AtomicFile(path)
            writtenPath = file.writtenPath
            state = Mutex(State(file: file))
        } catch {
            guard let reason = error.system else {
                throw DeliveryError(.cannotOpen, "\"\(path)\" is a directory; name a file in it.")
            }
            throw DeliveryError(
                .cannotOpen, "cannot create \"\(path)\": \(reason); choose a directory that exists and is writable.")
        }
    }

    deinit { state.withLock { $0.file.leave() } }

    func send(_ request: OutgoingRequest) async -> Attempt {
        // A write may block for long; the threads of tasks must not.
        let attempt = try? await NIOThreadPool.singleton.runIfActive { self.write(request.body) }
        return attempt ?? Attempt(result: .cancelled, wireBytes: 0)
    }

    func close(isComplete: Bool) async throws(DeliveryError) {
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
