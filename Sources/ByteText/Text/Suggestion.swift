/// Guesses what somebody meant who wrote a name that does not exist.
package enum Suggestion {
    /// The most bytes of a word that is looked for.
    private static let longest = 100

    /// `; did you mean "…"?`, or what there is where the choices are few, or nothing.
    package static func text(for written: String, among choices: [String]) -> String {
        if let nearest = nearest(to: written, among: choices) { return "; did you mean \"\(nearest)\"?" }
        guard (1...12).contains(choices.count) else { return "" }
        return "; there \(choices.count == 1 ? "is" : "are") \(choices.joined(separator: ", "))"
    }

    /// The choice that takes the fewest edits, if a third of the word or less has to change; the first of equals.
    ///
    /// Otherwise the shortest choice that begins with the word: people leave out the ends of long names.
    /// Upper and lower case are the same. Nobody mistypes a name at great length: for longer words there is none.
    package static func nearest(to written: String, among choices: [String]) -> String? {
        guard written.utf8.count <= longest else { return nil }
        let wanted = Array(written.lowercased().utf8)
        let limit = max(1, wanted.count / 3)
        var best: (distance: Int, choice: String)?
        for choice in choices where abs(choice.utf8.count - wanted.count) <= limit {
            let distance = distance(wanted, Array(choice.lowercased().utf8))
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, choice) }
        }
        return best?.choice ?? shortest(of: choices, beginningWith: wanted)
    }

    /// Shorter beginnings mean nothing.
    private static let shortestBeginning = 3

    private static func shortest(of choices: [String], beginningWith wanted: [UInt8]) -> String? {
        guard wanted.count >= shortestBeginning else { return nil }
        let longer = choices.filter { $0.lowercased().utf8.starts(with: wanted) }
        return longer.min { $0.utf8.count < $1.utf8.count }
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
