import Dispatch
import SystemFiles

/// Work that ends in good order when the user interrupts it.
enum Interruptible {
    /// Runs `body`; SIGINT and SIGTERM cancel it, and what it gives then is the result.
    static func run<Result: Sendable>(_ body: sending @escaping @isolated(any) () async throws -> Result) async throws
        -> Result
    {
        let work = Task(operation: body)
        let watch = Task {
            for await _ in interrupts() { work.cancel() }
        }
        defer { watch.cancel() }
        return try await work.value
    }

    /// Waits until the user interrupts.
    static func wait() async {
        for await _ in interrupts() { return }
    }

    /// Each SIGINT and SIGTERM, for as long as somebody listens.
    private static func interrupts() -> AsyncStream<Void> {
        AsyncStream { continuation in
            // Sources may be used on any thread, which their type does not say yet.
            nonisolated(unsafe) let sources = CurrentProcess.interrupts.map { number in
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { continuation.yield() }
                source.activate()
                return source
            }
            continuation.onTermination = { _ in for source in unsafe sources { source.cancel() } }
        }
    }
}
