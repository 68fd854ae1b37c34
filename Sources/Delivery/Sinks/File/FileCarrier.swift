import SystemFiles
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes batches one after another to a file, which gets its name only when it is complete.
///
/// Until then the bytes are in `NAME.part`, and whoever finds NAME finds all of it. What exists and is no regular file
/// (a device, a pipe, a link) is written to directly.
final class FileCarrier: Carrier {
    private struct State {
        var descriptor: CInt
        /// Bytes of the batches written whole.
        var length = 0
    }

    /// What stands behind the name of a file that is not complete.
    static let unfinishedSuffix = ".part"

    /// One writer, so that the file has the order of submission.
    let concurrency: Int? = 1
    private let path: String
    private let writtenPath: String
    private let state: Mutex<State>

    init(path: String) throws(DeliveryError) {
        self.path = path
        var status = stat()
        guard stat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR else {
            throw DeliveryError(.cannotOpen, "\"\(path)\" is a directory; name a file in it.")
        }
        let isReplaceable = lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
        writtenPath = isReplaceable ? path + FileCarrier.unfinishedSuffix : path
        let descriptor = open(writtenPath, O_WRONLY | O_CLOEXEC | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else {
            let code = errno
            throw DeliveryError(
                .cannotOpen,
                "cannot create \"\(writtenPath)\": \(errnoText(code)); choose a directory that exists and is writable.")
        }
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        state.withLock { if $0.descriptor >= 0 { _ = Self.closeFile($0.descriptor) } }
    }

    func send(_ request: OutgoingRequest) async -> Attempt {
        // A write may block for long; the threads of tasks must not.
        let attempt = try? await NIOThreadPool.singleton.runIfActive { self.write(request.body) }
        return attempt ?? Attempt(result: .cancelled, wireBytes: 0)
    }

    func close(isComplete: Bool) async throws(DeliveryError) {
        let descriptor = state.withLock { state in
            defer { state.descriptor = -1 }
            return state.descriptor
        }
        guard descriptor >= 0 else { return }
        let code = Self.closeFile(descriptor) == 0 ? 0 : errno
        guard isComplete else { return }
        guard code == 0 else {
            throw DeliveryError(.cannotWrite, writeProblem(code))
        }
        guard writtenPath != path else { return }
        guard rename(writtenPath, path) == 0 else {
            let code = errno
            throw DeliveryError(
                .cannotFinish, "cannot rename \"\(writtenPath)\" to \"\(path)\": \(errnoText(code)); rename it by hand."
            )
        }
    }

    /// Writes all of `body` or, as far as the file lets itself be cut, nothing.
    private func write(_ body: ByteBuffer) -> Attempt {
        state.withLock { state in
            guard let code = Self.writeAll(state.descriptor, body) else {
                state.length += body.readableBytes
                return Attempt(result: .stored, wireBytes: body.readableBytes)
            }
            // Half a batch is not acknowledged, so it must not stay.
            let end = off_t(state.length)
            let isCut = ftruncate(state.descriptor, end) == 0 && lseek(state.descriptor, end, SEEK_SET) >= 0
            let remains = isCut && state.length > 0 ? "; the batches written before stay in it" : ""
            let failure = Account.Failure(kind: "file", text: writeProblem(code) + remains)
            return Attempt(result: .unusable, failure: failure, wireBytes: 0)
        }
    }

    private func writeProblem(_ code: CInt) -> String {
        "cannot write \"\(writtenPath)\": \(errnoText(code)); free some space or choose another place"
    }

    /// Writes all of `body`; gives the system's error code if it could not.
    private static func writeAll(_ descriptor: CInt, _ body: ByteBuffer) -> CInt? {
        body.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = writeBytes(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                rest = rest.dropFirst(count)
            }
            return nil
        }
    }

    private static func writeBytes(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func closeFile(_ descriptor: CInt) -> CInt {
        #if canImport(Glibc)
        Glibc.close(descriptor)
        #elseif canImport(Musl)
        Musl.close(descriptor)
        #else
        Darwin.close(descriptor)
        #endif
    }
}

/// The system's words for an error code, as part of a sentence: "no space left on device".
func errnoText(_ code: CInt) -> String {
    guard let words = strerror(code) else { return "error \(code)" }
    let text = String(cString: words)
    return text.prefix(1).lowercased() + text.dropFirst()
}
