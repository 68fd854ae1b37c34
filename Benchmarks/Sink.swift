#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where measured bytes go.
enum SinkKind: String, CaseIterable {
    /// Takes everything and looks at nothing.
    case null = "/dev/null"
    /// A process that reads: what a shell's pipe is.
    case pipe = "a pipe to cat"
    /// The same with space for 1 MiB: what `generate --out -` makes of it.
    case widePipe = "a wide pipe to cat"
}

/// An open sink.
final class Sink: Sendable {
    let descriptor: Int32
    private let reader: pid_t

    init(_ kind: SinkKind) {
        guard kind != .null else {
            descriptor = open("/dev/null", O_WRONLY)
            reader = 0
            return
        }
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0, "the system has no pipe left")
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        #if os(Linux)
        // F_SETPIPE_SZ.
        if kind == .widePipe { _ = fcntl(ends[1], 1_031, 1 << 20) }
        #endif
        descriptor = ends[1]
        reader = spawn(["/bin/sh", "-c", "exec cat >/dev/null"], input: ends[0])
        close(ends[0])
    }

    deinit {
        close(descriptor)
        if reader != 0 { waitpid(reader, nil, 0) }
    }

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { writeSome(descriptor, $0) }
            precondition(count > 0, "the sink takes nothing more")
            rest = rest.dropFirst(count)
        }
    }
}

/// `write` of the C library, which a method of that name hides.
private func writeSome(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

/// Starts a process; gives its number.
func spawn(_ arguments: [String], input: Int32? = nil) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    let texts = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    var process: pid_t = 0
    precondition(posix_spawn(&process, arguments[0], &actions, nil, texts, environ) == 0, "cannot start a process")
    return process
}

/// Runs this program again with other arguments and waits for its end: its memory and its start are its own.
func runAgain(_ arguments: [String]) {
    let process = spawn([CommandLine.arguments[0]] + arguments)
    waitpid(process, nil, 0)
}
