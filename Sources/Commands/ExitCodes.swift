import Dataset
import ArgumentParser
import Ingester
import ScenarioSpec
import Simulation

/// What the tool's exit codes mean.
enum ExitCodes {
    static let passed = ExitCode(0)
    /// The run failed: a full disk, a receiver that is gone, records that were not delivered.
    static let failed = ExitCode(1)
    /// What was given is invalid: a scenario, an alert file, a folder.
    static let invalidInput = ExitCode(2)
    /// An objective or a score was missed.
    static let missed = ExitCode(3)
    /// The command line itself is wrong; ArgumentParser's own code.
    static let usage = ExitCode(64)
}

/// Writes data to standard output.
func printData(_ text: String) throws {
    try StandardOutput().write(Array("\(text)\n".utf8))
}

/// Runs a command's body and turns what it throws into a sentence and an exit code.
func reportingErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let problems as ScenarioProblems {
        Console.say(problems.description)
        throw ExitCodes.invalidInput
    } catch let error as SimulationError {
        Console.say("mocktail: \(error)")
        throw ExitCodes.invalidInput
    } catch let error as RunError {
        Console.say("mocktail: \(error)")
        throw error.cause == .input ? ExitCodes.invalidInput : ExitCodes.failed
    } catch let error as IngesterError {
        Console.say("mocktail: \(error)")
        throw ExitCodes.failed
    }
}
