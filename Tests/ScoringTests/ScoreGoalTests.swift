import Truth
import Scoring
import SimTime
import TestSupport
import Testing

@Suite("Score goal") struct ScoreGoalTests {
    private let result = score([alert(10, "a"), alert(11, "x")], [incident("i", 0...99, by: ["a"])])

    @Test("Goals are held against the score") func goalsAreHeldAgainstTheScore() throws {
        let lower = try ScoreGoal.parse("recall=1,precision=0.5,f1=0.67,nab=50", upper: false)
        #expect(lower.map { $0.isMet(by: result) } == [true, true, false, true])
        #expect(lower[2].sentence(for: result) == "f1 is 0.6667, but at least 0.67 was asked")
        let upper = try ScoreGoal.parse("falseAlerts=1,missed=0,medianTimeToDetectSeconds=9", upper: true)
        #expect(upper.map { $0.isMet(by: result) } == [true, true, false])
        #expect(upper[2].sentence(for: result) == "medianTimeToDetectSeconds is 10, but at most 9 was asked")
    }

    @Test("What is not defined misses a lower limit only") func whatIsNotDefinedMissesALowerLimitOnly() throws {
        let silent = score([], [incident("i", 0...99, by: ["a"])])
        let goals =
            try ScoreGoal.parse("precision=0", upper: false) + ScoreGoal.parse("alertsPerDetection=2", upper: true)
        #expect(goals.map { $0.isMet(by: silent) } == [false, true])
        #expect(goals[0].sentence(for: silent) == "precision is not defined, but at least 0 was asked")
    }

    @Test("Every named figure is one") func everyNamedFigureIsOne() throws {
        let all = Score(
            of: [Alert(time: at(10), rule: "r", entities: ["a"], score: 1), alert(11, "x")],
            against: [incident("i", 0...99, by: ["a"])])
        for (names, upper) in [(ScoreGoal.lowerNames, false), (ScoreGoal.upperNames, true)] {
            for name in names {
                #expect(try ScoreGoal.parse("\(name)=0.5", upper: upper)[0].value(in: all) != nil, "\(name)")
            }
        }
    }

    @Test(
        "What is wrong is one sentence",
        arguments: [
            ("recall", "'recall' is no goal; write precision=0.9"), ("", "'' is no goal; write precision=0.9"),
            ("recall=0.9=1", "'recall=0.9=1' is no goal; write precision=0.9"),
            ("recall=much", "'much' is no number for 'recall'; write recall=0.9"),
            ("recall=0x1p-1", "'0x1p-1' is no number for 'recall'; write recall=0.9"),
            ("recall=90", "'recall' lies between 0 and 1, so it cannot be held against 90"),
            ("recall=1,recall=1", "'recall' stands twice"),
            ("falseAlerts=1", "there is no figure 'falseAlerts' here; there are "),
        ])
    func whatIsWrongIsOneSentence(_ text: String, _ sentence: String) {
        let problem = #expect(throws: ScoreProblem.self) { try ScoreGoal.parse(text, upper: false) }
        #expect(problem?.description.hasPrefix(sentence) == true)
    }
}
