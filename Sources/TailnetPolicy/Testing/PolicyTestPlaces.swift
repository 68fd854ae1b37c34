import ByteText

/// Finds the test that a failure belongs to.
package struct PolicyTestPlaces {
    private struct Entry {
        var name: String
        var position: TextPosition
        var accept: [PolicyWord] = []
        var deny: [PolicyWord] = []
    }

    private let entries: [Entry]

    /// Makes the places of a file's tests.
    package init(_ file: PolicyFile) {
        let tests = file.tests.enumerated().map { index, test in
            Entry(name: "tests[\(index)]", position: test.position, accept: test.accept, deny: test.deny)
        }
        let sshTests = file.sshTests.enumerated().map { index, test in
            Entry(name: "sshTests[\(index)]", position: test.position)
        }
        entries = (tests + sshTests).sorted { $0.position < $1.position }
    }

    /// The failure with its test and what was wanted.
    package func text(of failure: PolicyTestFailure) -> String {
        guard let entry = entry(of: failure) else { return failure.message }
        let isHere = { (word: PolicyWord) in word.position == failure.position }
        if entry.accept.contains(where: isHere) { return "\(entry.name): wanted accept, but \(failure.message)" }
        if entry.deny.contains(where: isHere) { return "\(entry.name): wanted deny, but \(failure.message)" }
        return "\(entry.name): \(failure.message)"
    }

    /// How many tests failures belong to.
    package func failed(_ failures: [PolicyTestFailure]) -> Int {
        Set(failures.compactMap { entry(of: $0)?.name }).count
    }

    private func entry(of failure: PolicyTestFailure) -> Entry? {
        entries.last { $0.position <= failure.position }
    }
}
