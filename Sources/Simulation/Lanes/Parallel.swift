import Synchronization

/// Spreads work over a number of tasks; what comes out does not depend on it.
public struct Parallel: Sendable {
    /// How many tasks work at a time.
    public let threads: Int

    /// Makes a spreader over so many tasks, at least one.
    public init(threads: Int) {
        self.threads = max(1, threads)
    }

    /// Does some work for each index below `count`; gives the results in order.
    ///
    /// Each task takes the next index that nobody has taken, so that uneven pieces do not leave one waiting.
    /// With `alone`, one task does all of it.
    public func map<Result: Sendable>(
        _ count: Int, alone: Bool = false, _ work: @escaping @Sendable (Int) -> Result
    ) async -> [Result] {
        guard threads > 1, count > 1, !alone else { return (0..<count).map(work) }
        let next = Counter()
        return await withTaskGroup(of: [(Int, Result)].self) { group in
            for _ in 0..<min(threads, count) {
                group.addTask {
                    var results: [(Int, Result)] = []
                    while let index = next.take(below: count) { results.append((index, work(index))) }
                    return results
                }
            }
            var results = [Result?](repeating: nil, count: count)
            for await part in group { for (index, result) in part { results[index] = result } }
            return results.compactMap(\.self)
        }
    }
}

/// Counts up, from any thread.
private final class Counter: Sendable {
    private let value = Atomic(0)

    func take(below limit: Int) -> Int? {
        let index = value.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < limit ? index : nil
    }
}
