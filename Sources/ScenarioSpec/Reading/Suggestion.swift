/// Guesses what somebody meant who wrote a name that does not exist.
package enum Suggestion {
    /// `; did you mean "…"?`, or what there is where the choices are few, or nothing.
    package static func text(for written: String, among choices: [String]) -> String {
        if let nearest = nearest(to: written, among: choices) { return "; did you mean \"\(nearest)\"?" }
        guard (1...12).contains(choices.count) else { return "" }
        return "; there \(choices.count == 1 ? "is" : "are") \(choices.joined(separator: ", "))"
    }

    /// The choice that takes the fewest edits, if a third of the word or less has to change; the first of equals.
    static func nearest(to written: String, among choices: [String]) -> String? {
        let wanted = Array(written.lowercased().utf8.prefix(100))
        let limit = max(1, wanted.count / 3)
        var best: (distance: Int, choice: String)?
        for choice in choices where abs(choice.utf8.count - wanted.count) <= limit {
            let distance = distance(wanted, Array(choice.lowercased().utf8))
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, choice) }
        }
        return best?.choice
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (byte == other ? 0 : 1))
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
