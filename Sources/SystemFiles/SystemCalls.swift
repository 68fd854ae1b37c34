#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the package asks of the C library: the one place that imports it.
///
/// Names of the library that a method of the same name would hide are wrapped here, and so is what differs between
/// systems.
enum SystemCalls {
    /// The error of the call that has just failed.
    static var lastError: SystemError { SystemError(code: errno) }

    static func text(of code: CInt) -> String? {
        // The library's own text, which is copied before any other call.
        unsafe strerror(code).map { unsafe String(cString: $0) }
    }

    static func openForReading(_ path: String, waits: Bool) -> CInt {
        unsafe open(path, O_RDONLY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK))
    }

    static func openForWriting(_ path: String, _ mode: OpenFile.Mode) -> CInt {
        let flags =
            switch mode {
            case .replace: O_TRUNC
            case .alone: O_NOFOLLOW
            case .append: O_EXCL | O_APPEND
            }
        return unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
    }

    static func closeFile(_ descriptor: CInt) -> Bool { close(descriptor) == 0 }

    /// Writes as much as the file takes; gives the number of bytes, below 0 after an error.
    static func writeBytes(_ bytes: Span<UInt8>, to descriptor: CInt) -> Int {
        unsafe bytes.withUnsafeBytes { bytes in unsafe write(descriptor, bytes.baseAddress, bytes.count) }
    }

    /// Appends what there is to `space`, as far as it fits; false after an error.
    static func readBytes(into space: inout OutputSpan<UInt8>, from descriptor: CInt) -> Bool {
        unsafe space.withUnsafeMutableBufferPointer { buffer, used in
            let free = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[used...])
            let count = unsafe read(descriptor, free.baseAddress, free.count)
            if count > 0 { used += count }
            return count >= 0
        }
    }

    /// Cuts a file, and goes to its new end.
    static func cut(_ descriptor: CInt, to length: Int) -> Bool {
        ftruncate(descriptor, off_t(length)) == 0 && lseek(descriptor, off_t(length), SEEK_SET) >= 0
    }

    static func renameFile(_ path: String, to newPath: String) -> Bool { unsafe rename(path, newPath) == 0 }

    static func removeFile(_ path: String) -> Bool { unsafe unlink(path) == 0 }

    static func makeFolder(_ path: String) -> Bool { unsafe mkdir(path, 0o755) == 0 }

    /// What is at a path; nil where nothing is, or nothing that may be looked at.
    static func kind(of path: String, followsLink: Bool) -> PathKind? {
        var status = stat()
        let result = unsafe followsLink ? stat(path, &status) : lstat(path, &status)
        return result == 0 ? kind(status) : nil
    }

    /// What an open file is; nil where the system does not say.
    static func kind(of descriptor: CInt) -> PathKind? {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? kind(status) : nil
    }

    private static func kind(_ status: stat) -> PathKind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// How many bytes are free on the disk of a path; nil where there is no such path.
    static func freeBytes(at path: String) -> Int64? {
        var status = statvfs()
        return unsafe statvfs(path, &status) == 0 ? Int64(status.f_bavail) * Int64(status.f_frsize) : nil
    }

    static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

    static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    static func setPipeSize(_ descriptor: CInt, _ size: CInt) {
        #if os(Linux)
        // F_SETPIPE_SZ, which the C library only declares where all of its extensions are asked for.
        _ = fcntl(descriptor, 1_031, size)
        #endif
    }

    static func endProcess(_ code: CInt) -> Never { exit(code) }

    static func setAlarm(_ seconds: UInt32) { _ = alarm(seconds) }

    static var openFileLimit: Int? {
        var limit = rlimit()
        #if canImport(Glibc)
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let kind = RLIMIT_NOFILE
        #endif
        guard unsafe getrlimit(kind, &limit) == 0 else { return nil }
        return Int(clamping: limit.rlim_cur)
    }

    static var peakKilobytes: Int {
        var usage = rusage()
        #if canImport(Glibc)
        let whose = __rusage_who_t(RUSAGE_SELF.rawValue)
        #else
        let whose = RUSAGE_SELF
        #endif
        return unsafe getrusage(whose, &usage) == 0 ? Int(usage.ru_maxrss) : 0
    }

    static func exponential(_ value: Double) -> Double { exp(value) }
    static func logarithm(_ value: Double) -> Double { log(value) }
    static func binaryLogarithm(_ value: Double) -> Double { log2(value) }
}

extension SystemError {
    /// A call was interrupted and may be made again.
    static let interrupted = SystemError(code: EINTR)
    /// There is no such file or folder.
    static let missing = SystemError(code: ENOENT)
    /// Something else was found in place of a folder.
    static let notFolder = SystemError(code: ENOTDIR)
    /// The file is there already.
    static let exists = SystemError(code: EEXIST)
    /// Nothing was written, and no reason given.
    static let inputOutput = SystemError(code: EIO)
    /// A name or path is longer than the file system allows.
    static let nameTooLong = SystemError(code: ENAMETOOLONG)
    /// Another process has locked it.
    static let busy = SystemError(code: EWOULDBLOCK)
    /// A link was found where none may be.
    static let isLink = SystemError(code: ELOOP)
    /// The reader of a pipe is gone.
    package static let brokenPipe = SystemError(code: EPIPE)
    /// Nobody listens there.
    package static let connectionRefused = SystemError(code: ECONNREFUSED)

    /// Whether a connection that stood is gone.
    package var isBrokenConnection: Bool { [ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED].contains(code) }
}
