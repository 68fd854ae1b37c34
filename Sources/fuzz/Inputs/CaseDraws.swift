import KeyedRandom

/// The draws of one case, which follow from the seed, the target and the case's number: a case is repeated without those
/// before it.
struct CaseDraws {
    private let key: RandomKey
    private var index: UInt64 = 0

    /// The draws of a case.
    init(seed: UInt64, target: String, number: Int) {
        key = RandomKey(seed: seed).key(target).key(UInt64(number))
    }

    /// The next 64 even bits.
    mutating func next() -> UInt64 {
        index &+= 1
        return key.draw(index)
    }

    /// A number from 0 up to, not including, `bound`; 0 where that is 0.
    mutating func below(_ bound: Int) -> Int { Int(next().scaled(below: UInt64(max(1, bound)))) }

    /// One of some elements, of which there is at least one.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// Whether something that happens once in `count` times happens.
    mutating func once(in count: Int) -> Bool { below(count) == 0 }
}
