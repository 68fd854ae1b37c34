/// An order in which each of several items comes behind those that it refers to.
///
/// It follows the references from item to item (Tarjan's algorithm), without recursion: a chain may be long.
struct ReferenceOrder {
    /// Items that are in no circle, each behind those that it refers to.
    private(set) var order: [Int] = []
    /// Items that refer to themselves, be it through others, in ascending order.
    private(set) var circular: [Int] = []

    private let references: [[Int]]
    /// When an item was first reached; 0 for not yet.
    private var reached: [Int]
    /// The earliest item on the stack that can be reached from an item.
    private var earliest: [Int]
    private var isOnStack: [Bool]
    private var stack: [Int] = []
    private var count = 0

    /// Orders items by the indices of the items that each refers to.
    init(_ references: [[Int]]) {
        self.references = references
        reached = [Int](repeating: 0, count: references.count)
        earliest = reached
        isOnStack = [Bool](repeating: false, count: references.count)
        for item in references.indices where reached[item] == 0 { follow(item) }
        circular.sort()
    }

    private mutating func follow(_ start: Int) {
        var path: [(item: Int, nextReference: Int)] = []
        enter(start)
        path.append((start, 0))
        while let (item, position) = path.last {
            guard position < references[item].count else {
                path.removeLast()
                if let above = path.last?.item { earliest[above] = min(earliest[above], earliest[item]) }
                if earliest[item] == reached[item] { leave(item) }
                continue
            }
            path[path.count - 1].nextReference += 1
            let next = references[item][position]
            if reached[next] == 0 {
                enter(next)
                path.append((next, 0))
            } else if isOnStack[next] {
                earliest[item] = min(earliest[item], reached[next])
            }
        }
    }

    private mutating func enter(_ item: Int) {
        count += 1
        reached[item] = count
        earliest[item] = count
        isOnStack[item] = true
        stack.append(item)
    }

    /// Takes an item and all that lie above it from the stack: a circle, or the item alone.
    private mutating func leave(_ item: Int) {
        var members: [Int] = []
        repeat {
            members.append(stack.removeLast())
            isOnStack[members[members.count - 1]] = false
        } while members.last != item
        if members.count > 1 || references[item].contains(item) { circular += members } else { order.append(item) }
    }
}
