import BasicContainers

/// The open sessions of a lane, each as one of its ends sees it.
struct FlowPool: ~Copyable {
    /// The flows by their slots; what a free slot holds means nothing.
    var flows = UniqueArray<ActiveFlow>(minimumCapacity: 1 << 10)
    private var free = UniqueArray<Int>(minimumCapacity: 64)

    /// Gives a flow a slot, which stays the same until it is removed.
    @inline(__always)
    mutating func insert(_ flow: ActiveFlow) -> Int {
        if let slot = free.popLast() {
            flows[slot] = flow
            return slot
        }
        flows.append(flow)
        return flows.count - 1
    }

    /// Lets go of a flow.
    mutating func remove(_ slot: Int) { free.append(slot) }

    /// Brings a flow near.
    @inline(__always)
    func prefetch(_ slot: Int) { flows.prefetch(slot, lines: 4) }
}
