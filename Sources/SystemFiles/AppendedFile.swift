import Synchronization

/// A new file that many tasks append to, each write in one piece.
package final class AppendedFile: Sendable {
    package let path: String
    private let state: Mutex<State>

    private struct State: ~Copyable {
        /// Nil once the file is closed.
        var file: OpenFile?
        /// The length of what was appended whole.
        var length = 0
    }

    /// Creates the file; one that exists is never touched.
    package init(creating path: String) throws(FileError) {
        self.path = path
        do throws(SystemError) {
            state = Mutex(State(file: try OpenFile(writing: path, .append)))
        } catch {
            throw FileError(path, error == .exists ? .exists : .unwritable(error))
        }
    }

    /// Appends all bytes or, where the disk is full, none.
    package func append(_ bytes: Span<UInt8>) throws(FileError) {
        let error: SystemError? = state.withLock { state in
            do throws(SystemError) { try state.file?.write(bytes) } catch {
                _ = state.file?.cut(to: state.length)
                return error
            }
            state.length += bytes.count
            return nil
        }
        if let error { throw FileError(path, .unwritable(error)) }
    }

    /// Appends bytes.
    package func append(_ bytes: [UInt8]) throws(FileError) {
        try append(bytes.span)
    }

    /// Closes the file; closing it again does nothing, and what is appended then is lost.
    package func close() { state.withLock { state in _ = state.file.take() } }
}
