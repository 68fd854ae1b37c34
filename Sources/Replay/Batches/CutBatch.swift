package import Delivery
package import NIOCore
package import SimTime
package import TailnetModel

/// A batch as it was cut, before it has a due instant.
package struct CutBatch: Sendable {
    /// The log that the records are of.
    package var log: LogKind
    /// When its first record was logged.
    package var logged: Instant
    /// The simulated instant from which nothing can be added: it decides the order of batches, and when a batch is due at
    /// a multiple of simulated time.
    package var closed: Instant
    /// The records.
    package var records: [BatchRecord] = []
    /// Their text, each with a newline behind it.
    package var bytes = ByteBuffer()
}
