import Synchronization
import SystemFiles

/// How every command hears SIGINT, SIGTERM and SIGHUP, which all mean the same.
///
/// A command that has something to put in order runs its work here: the first signal asks the work to end, and the second
/// one, or too long a wait, ends the process. Elsewhere the first signal ends the process.
enum Interruptible {
    /// Who wants to hear of a signal.
    fileprivate struct Listener {
        /// What the first signal does.
        var first: @Sendable () -> Void
        /// What the second signal does; nil ends the process.
        var second: (@Sendable () -> Void)?
        /// How long after a signal the work may go on.
        var patience: Duration
        /// How many signals it has heard.
        var heard = 0
    }

    fileprivate struct State {
        var listener: Listener?
        var first: Int32?
        var last: ContinuousClock.Instant?
        /// When the process is ended if the work goes on.
        var deadline: ContinuousClock.Instant?
    }

    /// What to do about a signal.
    fileprivate enum Action {
        case ask(@Sendable () -> Void)
        case end
        case wait
    }

    /// Signals that come so close together are one: who ends a process often signals its group as well.
    private static let echo = Duration.milliseconds(100)
    /// How long work may go on after it was asked to end.
    static let patience = Duration.seconds(2)

    private static let state = Mutex(State())

    /// The signal that has interrupted the program; nil where none has.
    static var signal: Int32? { state.withLock { $0.first } }

    /// Begins to hear signals.
    static func listen() { Interrupts.listen { hear($0) } }

    /// Runs `body`; the first signal cancels it, and what it gives then is the result.
    static func run<Result: Sendable>(_ body: sending @escaping @isolated(any) () async throws -> Result) async throws
        -> Result
    {
        let work = Task(operation: body)
        attend(Listener(first: { work.cancel() }, patience: patience))
        defer { attend(nil) }
        return try await work.value
    }

    /// Runs `body`; the first signal calls `first`, and the second one cancels `body`.
    ///
    /// - Parameter patience: how long `body` may go on after the first signal.
    static func run<Result: Sendable>(
        patience: Duration, first: @escaping @Sendable () -> Void,
        _ body: sending @escaping @isolated(any) () async throws -> Result
    ) async throws -> Result {
        let work = Task(operation: body)
        attend(Listener(first: first, second: { work.cancel() }, patience: patience))
        defer { attend(nil) }
        return try await work.value
    }

    /// Waits until the user interrupts, and then for `end`, which a second signal cancels.
    static func wait(then end: @escaping @Sendable () async throws -> Void) async throws {
        let ending = Ending()
        await withCheckedContinuation { continuation in
            attend(
                Listener(
                    first: {
                        ending.begin(end)
                        continuation.resume()
                    },
                    second: { ending.cancel() }, patience: patience * 5))
        }
        defer { attend(nil) }
        try await ending.value()
    }

    /// What follows a signal.
    private final class Ending: Sendable {
        private let task = Mutex<Task<Void, any Error>?>(nil)

        /// Begins, before what keeps the threads busy: that is what is to end.
        func begin(_ end: @escaping @Sendable () async throws -> Void) {
            task.withLock { $0 = Task(priority: .high) { try await end() } }
        }

        func cancel() { task.withLock { $0 }?.cancel() }

        func value() async throws { try await task.withLock { $0 }?.value }
    }

    private static func attend(_ listener: Listener?) {
        state.withLock { state in
            state.listener = listener
            state.deadline = nil
        }
    }

    /// Takes a signal, or the end of a wait; gives how long to wait for the next.
    private static func hear(_ number: Int32?) -> Duration? {
        let now = ContinuousClock.now
        let (action, deadline) = state.withLock { state in
            let action = state.take(number, now, echo)
            return (action, state.deadline)
        }
        switch action {
        case .ask(let body): body()
        case .end:
            Console.clearLine()
            Console.say("mocktail: interrupted")
            CurrentProcess.end(bySignal: signal ?? number ?? 0)
        case .wait: break
        }
        return deadline.map { max(.zero, $0 - now) }
    }
}

extension Interruptible.State {
    fileprivate mutating func take(
        _ number: Int32?, _ now: ContinuousClock.Instant, _ echo: Duration
    ) -> Interruptible.Action {
        guard let number else { return deadline.map { $0 <= now } ?? false ? .end : .wait }
        if let last, now - last < echo { return .wait }
        last = now
        first = first ?? number
        guard let listener else { return .end }
        self.listener?.heard += 1
        switch listener.heard {
        case 0:
            deadline = now + listener.patience
            return .ask(listener.first)
        case 1:
            guard let second = listener.second else { return .end }
            deadline = now + Interruptible.patience
            return .ask(second)
        default: return .end
        }
    }
}
