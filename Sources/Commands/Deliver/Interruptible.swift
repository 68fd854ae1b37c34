import UnixSignals

/// Work that ends in good order when the user interrupts it.
enum Interruptible {
    /// Runs `body`; SIGINT and SIGTERM cancel it, and what it gives then is the result.
    static func run<Result: Sendable>(_ body: sending @escaping @isolated(any) () async throws -> Result) async throws
        -> Result
    {
        let work = Task(operation: body)
        let watch = Task {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { work.cancel() }
        }
        defer { watch.cancel() }
        return try await work.value
    }

    /// Waits until the user interrupts.
    static func wait() async {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return }
    }
}
