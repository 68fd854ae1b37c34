import SimTime

/// What a record's form may show, beside what it says: digits, parities, remainders.
struct FormSample {
    var isLabelled: Bool
    var features: [Int]
    /// What is near in time or of one maker is of one block, and is learnt from or judged, never both.
    var block: Int?
}

/// A naive Bayes classifier over small whole numbers.
struct FormClassifier {
    private var scores: [[Int: Double]] = []

    init(_ samples: [FormSample]) {
        let labelled = samples.filter(\.isLabelled)
        let others = samples.filter { !$0.isLabelled }
        for place in 0..<(samples.first?.features.count ?? 0) {
            var counts: [Int: (Int, Int)] = [:]
            for sample in labelled { counts[sample.features[place], default: (0, 0)].0 += 1 }
            for sample in others { counts[sample.features[place], default: (0, 0)].1 += 1 }
            let size = Double(counts.count)
            scores.append(
                counts.mapValues { pair in
                    (Double(pair.0) + 1) / (Double(labelled.count) + size)
                        / ((Double(pair.1) + 1) / (Double(others.count) + size))
                })
        }
    }

    /// Larger for what looks labelled.
    func score(_ sample: FormSample) -> Double {
        zip(scores, sample.features).reduce(1) { $0 * ($1.0[$1.1] ?? 1) }
    }

    /// Learns from every other sample, or block of samples, and judges the rest: the chance that a labelled sample scores
    /// higher than another one, by ranks.
    static func area(of samples: [FormSample]) -> Double {
        let learnt = samples.enumerated().filter { ($1.block ?? $0) % 2 == 0 }.map(\.element)
        let judged = samples.enumerated().filter { ($1.block ?? $0) % 2 != 0 }.map(\.element)
        let classifier = FormClassifier(learnt)
        return area(judged.map { (classifier.score($0), $0.isLabelled) })
    }

    /// The same for each feature alone, for the message of a test that failed: which of them tells.
    static func telling(_ samples: [FormSample]) -> String {
        (samples.first?.features.indices ?? 0..<0).map { place in
            let alone = samples.map {
                FormSample(isLabelled: $0.isLabelled, features: [$0.features[place]], block: $0.block)
            }
            return "\(place): \(Int((area(of: alone) * 1_000).rounded()))"
        }.joined(separator: " ")
    }

    private static func area(_ scored: [(score: Double, isLabelled: Bool)]) -> Double {
        let sorted = scored.sorted { $0.score < $1.score }
        var sum = 0.0
        var index = 0
        while index < sorted.count {
            var end = index
            while end < sorted.count, sorted[end].score == sorted[index].score { end += 1 }
            let rank = Double(index + end + 1) / 2
            sum += rank * Double(sorted[index..<end].count { $0.isLabelled })
            index = end
        }
        let positive = Double(sorted.count { $0.isLabelled })
        let negative = Double(sorted.count) - positive
        return (sum - positive * (positive + 1) / 2) / (positive * negative)
    }
}

extension Instant {
    /// Digits of the nanoseconds.
    var formDigits: [Int] { [1, 10, 1_000, 1_000_000, 100_000_000].map { Int(nanoseconds / $0 % 10) } }

    /// Both digits of the second, and the last one of the minute.
    var clockDigits: [Int] {
        let seconds = nanoseconds / 1_000_000_000
        return [Int(seconds % 10), Int(seconds / 10 % 6), Int(seconds / 60 % 10)]
    }
}

extension Line {
    /// Whether the key names stand in the order of the wire.
    var keyOrder: Int {
        let keys = ["nodeId", "start", "end", "virtualTraffic", "physicalTraffic", "srcNode", "logged"]
        let places = keys.compactMap { text.firstRange(of: "\"\($0)\":")?.lowerBound }
        return zip(places, places.dropFirst()).allSatisfy { $0 < $1 } ? 1 : 0
    }
}
