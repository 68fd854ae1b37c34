import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the package asks of the C library about signals and terminals.
extension SystemCalls {
    /// The pipe into which the handler of signals writes: all that a handler may do.
    private static let signalPipe = Atomic<CInt>(-1)

    /// Sends the numbers of the signals that end a process into a pipe, and gives the end to read them from.
    ///
    /// A hangup is left alone where whoever started the process ignores it, as `nohup` does.
    ///
    /// - Returns: nil where the system has no pipe left.
    static func watchSignals() -> CInt? {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A handler must not wait, not even for a reader that is behind.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        signalPipe.store(ends[1], ordering: .sequentiallyConsistent)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let earlier = signal(number) { number in
                let error = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = unsafe write(SystemCalls.signalPipe.load(ordering: .relaxed), &byte, 1)
                errno = error
            }
            if number == SIGHUP, isIgnoring(earlier) { _ = signal(number, SIG_IGN) }
        }
        return ends[0]
    }

    private static func isIgnoring(_ handler: (@convention(c) (CInt) -> Void)?) -> Bool {
        unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// The next byte of a pipe; nil after `milliseconds` without one, where 0 or more are given.
    static func readByte(of descriptor: CInt, milliseconds: CInt) -> UInt8? {
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&waiting, 1, milliseconds)
            if count == 0 { return nil }
            // The handler itself may interrupt the call, and what it wrote is there then.
            guard count > 0 else { continue }
            var byte: UInt8 = 0
            if unsafe read(descriptor, &byte, 1) == 1 { return byte }
        }
    }

    /// Runs `body` on a thread of its own, on which no signal is blocked.
    static func startThread(_ body: @escaping @Sendable () -> Void) {
        let context = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        #if canImport(Darwin)
        var thread: pthread_t?
        unsafe pthread_create(
            &thread, nil,
            { context in
                unsafe SystemCalls.runThread(context)
                return nil
            }, context)
        #else
        var thread = pthread_t()
        _ = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context { unsafe SystemCalls.runThread(context) }
                return nil
            }, context)
        #endif
    }

    private static func runThread(_ context: UnsafeMutableRawPointer) {
        var none = sigset_t()
        _ = unsafe sigemptyset(&none)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
        unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
    }

    /// Ends the process as the signal would have done without a handler.
    static func endProcess(bySignal number: CInt) -> Never {
        _ = signal(number, SIG_DFL)
        _ = kill(getpid(), number)
        _exit(128 + number)
    }

    /// How many columns a terminal has; nil where it is none, or does not say.
    static func columns(of descriptor: CInt) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// The value of an environment variable.
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}

/// What a thread runs.
private final class ThreadBody: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
