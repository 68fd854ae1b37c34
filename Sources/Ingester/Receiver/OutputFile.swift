import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A new file that many tasks append to, each write in one piece.
final class OutputFile: Sendable {
    let path: String
    /// Negative once the file is closed.
    private let descriptor: Mutex<CInt>

    /// Creates the file; one that exists is never touched.
    init(creating path: String) throws(IngesterError) {
        self.path = path
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
        guard opened >= 0 else {
            let reason = errno == EEXIST ? "it exists already; choose another place or remove it" : OutputFile.reason()
            throw IngesterError("cannot create \(path): \(reason)")
        }
        descriptor = Mutex(opened)
    }

    /// Makes a folder, or takes one that exists; its parent must exist.
    static func makeFolder(_ path: String) throws(IngesterError) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        throw IngesterError("cannot create the folder \(path): \(reason())")
    }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws(IngesterError) {
        let problem: IngesterError? = descriptor.withLock { descriptor in
            var rest = bytes[...]
            while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let written = write(descriptor, base, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { return IngesterError("cannot write \(path): \(OutputFile.reason())") }
                rest = rest.dropFirst(written)
            }
            return nil
        }
        if let problem { throw problem }
    }

    /// Appends the bytes of an array.
    func append(copying bytes: [UInt8]) throws(IngesterError) {
        let result: Result<Void, IngesterError> = bytes.withUnsafeBytes { buffer in
            Result { () throws(IngesterError) in try append(buffer) }
        }
        try result.get()
    }

    /// Closes the file; closing it again does nothing.
    func close() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            _ = descriptorClose(descriptor)
            descriptor = -1
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }

    deinit { close() }
}

/// The system's `close`, under a name that no method hides.
private func descriptorClose(_ descriptor: CInt) -> CInt { close(descriptor) }
