/// The name that differs least from a misspelt one, if it differs little.
func nearestName(to name: String, among known: [String]) -> String? {
    // Nobody mistypes a name at great length.
    guard name.utf8.count <= 64 else { return nil }
    let limit = max(2, name.count / 3)
    let letters = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for other in known where abs(other.count - letters.count) <= limit {
        let distance = editDistance(letters, Array(other.lowercased()))
        if distance <= limit, distance < best?.distance ?? .max { best = (other, distance) }
    }
    return best?.name
}

/// How many letters must be put in, left out, replaced or swapped with their neighbour to get from one word to the other.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
        var next = [i + 1]
        for j in right.indices {
            var cost = min(row[j] + (letter == right[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
            if i > 0, j > 0, letter == right[j - 1], left[i - 1] == right[j] { cost = min(cost, before[j - 1] + 1) }
            next.append(cost)
        }
        (before, row) = (row, next)
    }
    return row[right.count]
}
