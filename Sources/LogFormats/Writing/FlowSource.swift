import CPrefetch
import TailnetModel

/// The memory that the records of one batch are written from.
struct FlowSource {
    let heads: UnsafePointer<FlowRecordHead>
    let entries: UnsafePointer<FlowEntry>
    let peers: UnsafePointer<UInt32>

    /// The memory of an array that somebody keeps and nobody changes; of an empty one it is never read.
    static func base<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        array.withUnsafeBufferPointer { $0.baseAddress ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped }
    }
}
