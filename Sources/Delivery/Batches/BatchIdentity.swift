/// What names a batch: the same in every run of the same records, limits and pace, on any machine.
package struct BatchIdentity: Sendable, Hashable {
    /// The records that the run delivers, such as a scenario with its seed.
    package var run: String
    /// The log, such as `network`.
    package var log: String
    /// The place of the batch's first record in what the run delivers of the log, from 0.
    package var first: Int
    /// How many records the batch has.
    package var count: Int

    /// Makes an identity.
    package init(run: String = "", log: String, first: Int, count: Int) {
        self.run = run
        self.log = log
        self.first = first
        self.count = count
    }
}
