import Synchronization

/// A value that several tasks share and one at a time may use.
package final class Guarded<Value: ~Copyable>: Sendable {
    private let value: Mutex<Value>

    /// Guards a value.
    package init(_ value: consuming sending Value) {
        self.value = Mutex(value)
    }

    /// Calls `body` with the value, after the calls that came before.
    package func with<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        value.withLock(body)
    }
}
