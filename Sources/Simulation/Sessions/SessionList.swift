/// Sessions in memory of their own, which stays where it is once all are in.
///
/// One lane fills a list and hands it on; from then on all lanes read it and nobody writes. Readers look at each session
/// several times, in no order: through an address, so that no reference is counted for a look.
@safe
final class SessionList: @unchecked Sendable {
    private var memory: UnsafeMutablePointer<Session>
    private var capacity: Int
    private(set) var count = 0

    /// The first session; valid for as long as the list is held and nobody appends.
    var address: UnsafePointer<Session> { unsafe UnsafePointer(memory) }

    init(capacity: Int = 64) {
        self.capacity = capacity
        unsafe memory = .allocate(capacity: capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// Appends a session; only for the lane that fills the list.
    @inline(__always)
    func append(_ session: Session) {
        if count == capacity { grow() }
        unsafe (memory + count).initialize(to: session)
        count += 1
    }

    /// Forgets all sessions and keeps the memory.
    func removeAll() { count = 0 }

    private func grow() {
        let larger = UnsafeMutablePointer<Session>.allocate(capacity: 2 * capacity)
        unsafe larger.moveInitialize(from: memory, count: count)
        unsafe memory.deallocate()
        unsafe memory = larger
        capacity *= 2
    }
}
