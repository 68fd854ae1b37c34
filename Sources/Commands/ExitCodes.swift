import Dataset
import ArgumentParser
import Ingester
import ScenarioSpec
import Simulation

/// The program's exit codes; Docs/Formats.md has them as a table.
enum ExitCodes {
    static let passed = ExitCode(0)
    /// The run failed: a full disk, an unreachable receiver, records that were not delivered.
    static let failed = ExitCode(1)
    /// Invalid input: a scenario, an alert file, a folder, a value.
    static let invalidInput = ExitCode(2)
    /// An objective or a score was missed.
    static let missed = ExitCode(3)
    /// Whoever reads standard output wants no more of it: what a shell reports of programs that the closed pipe ends.
    static let closedOutput = ExitCode(141)
    /// The work was interrupted before its end: what shells show of a process that a signal ended.
    static func interrupted(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
    /// Invalid command line; ArgumentParser's own code.
    static let usage = ExitCode(64)
}

/// Writes data to standard output.
func printData(_ text: String) throws {
    try StandardOutput().write(Array("\(text)\n".utf8))
}

/// Runs a command's body, and turns an error into a sentence and an exit code.
func reportingErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let problems as ScenarioProblems {
        Console.say(problems.description)
        throw ExitCodes.invalidInput
    } catch let error as SimulationError {
        Console.say("mocktail: \(error)")
        throw ExitCodes.invalidInput
    } catch let error as RunError where error.cause == .closedOutput {
        // As `head` wants it: nobody waits for a sentence.
        throw ExitCodes.closedOutput
    } catch let error as RunError {
        Console.say("mocktail: \(error)")
        if error.cause == .run, let signal = Interruptible.signal { throw ExitCodes.interrupted(by: signal) }
        throw error.cause == .input ? ExitCodes.invalidInput : ExitCodes.failed
    } catch let error as IngesterError {
        Console.say("mocktail: \(error)")
        throw ExitCodes.failed
    }
}
