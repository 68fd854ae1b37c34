import Synchronization

/// A value that several tasks may reach and one at a time is let in to.
package final class Guarded<Value: ~Copyable>: Sendable {
    private let value: Mutex<Value>

    /// Guards a value.
    package init(_ value: consuming sending Value) {
        self.value = Mutex(value)
    }

    /// Lets the caller in to the value, after whoever is there.
    package func with<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        value.withLock(body)
    }
}
