import Synchronization

/// A new file that many tasks append to, each write in one piece.
package final class AppendedFile: Sendable {
    package let path: String
    /// Nil once the file is closed.
    private let file: Mutex<OpenFile?>

    /// Creates the file; one that exists is never touched.
    package init(creating path: String) throws(FileError) {
        self.path = path
        do throws(SystemError) {
            file = Mutex(try OpenFile(writing: path, .append))
        } catch {
            throw FileError(path, error == .exists ? .exists : .unwritable(error))
        }
    }

    /// Appends bytes.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        let error: SystemError? = file.withLock { file in
            do throws(SystemError) { try file?.write(bytes) } catch { return error }
            return nil
        }
        if let error { throw FileError(path, .unwritable(error)) }
    }

    /// Appends bytes.
    package func append(_ bytes: [UInt8]) throws(FileError) {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(FileError) in try append(buffer) }
        }.get()
    }

    /// Closes the file; closing it again does nothing, and what is appended then is lost.
    package func close() { file.withLock { file in _ = file.take() } }
}
