import ArgumentParser

/// Where the program begins.
public enum Program {
    /// Runs the command line that the process was started with, and exits.
    public static func run() async { await Mocktail.main() }
}
