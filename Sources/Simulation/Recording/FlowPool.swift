/// The sessions of a lane, each as one of its ends sees it.
final class FlowPool {
    private let flows = UnsafeVector<ActiveFlow>(capacity: 1 << 10)
    private let free = UnsafeVector<UInt32>()

    /// Gives a place for a flow; it stays the same until it is let go.
    func take() -> UInt32 {
        if let slot = free.popLast() { return slot }
        flows.resize(to: flows.count + 1)
        return UInt32(flows.count - 1)
    }

    /// Lets go of a flow.
    func remove(_ slot: UInt32) { free.append(slot) }

    /// The flow at a place, until the next one is taken.
    @inline(__always)
    func flow(_ slot: UInt32) -> UnsafeMutablePointer<ActiveFlow> { flows.base + Int(slot) }
}
