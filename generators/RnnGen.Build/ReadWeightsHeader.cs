using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnGen.Build;

/// <summary>
/// Copies the header of each safetensors file, which is JSON, to a text file of its own, and behind it the number of bytes that follow it: the compiler gives
/// its generators text, and a file of weights is none.
/// </summary>
public sealed class ReadWeightsHeader : Task
{
    /// <summary>Said of a file that is no safetensors file.</summary>
    public const string NoHeader = "RNN202";

    private const string Help = "https://github.com/rnngen/rnngen/blob/main/docs/diagnostics.md#rnn202";
    private const int LengthBytes = 8;

    /// <summary>
    /// The files of weights, each with the path of its text file as the metadata <c>HeaderFile</c>. A text file that is there with the same text stays as it
    /// is.
    /// </summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>For each file a line that is another one when the file is: its path, its length in bytes and when it was written.</summary>
    [Output]
    public ITaskItem[] Versions { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var versions = new List<ITaskItem>();
        foreach (ITaskItem file in Files)
        {
            string path = file.GetMetadata("FullPath");
            Copy(path, file.ItemSpec, file.GetMetadata("HeaderFile"));
            var entry = new FileInfo(path);
            if (entry.Exists)
                versions.Add(new TaskItem(FormattableString.Invariant($"{file.ItemSpec}, {entry.Length}, {entry.LastWriteTimeUtc.Ticks}")));
        }

        Versions = [.. versions];
        return !Log.HasLoggedErrors;
    }

    private void Copy(string path, string name, string headerFile)
    {
        try
        {
            string header = Read(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(headerFile))!);
            if (!File.Exists(headerFile) || File.ReadAllText(headerFile) != header)
                File.WriteAllText(headerFile, header, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException)
        {
            const string message = "the weights '{0}' cannot be read as a safetensors file: {1}";
            Log.LogError(null, NoHeader, null, Help, path, 0, 0, 0, 0, message, name, exception.Message);
        }
    }

    private static string Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] lengthBytes = ReadBytes(file, LengthBytes);
        ulong length = 0;
        for (int i = LengthBytes - 1; i >= 0; i--)
            length = length << 8 | lengthBytes[i];
        if (length > (ulong)(file.Length - LengthBytes) || length > int.MaxValue)
        {
            throw new InvalidDataException(
                $"its first {LengthBytes} bytes say that a header of {length} bytes follows, expected at most {file.Length - LengthBytes}");
        }

        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        return FormattableString.Invariant($"{strict.GetString(ReadBytes(file, (int)length))}\n{file.Length - file.Position}\n");
    }

    private static byte[] ReadBytes(Stream file, int count)
    {
        byte[] bytes = new byte[count];
        int done = 0;
        for (int read; done < count && (read = file.Read(bytes, done, count - done)) > 0; done += read)
        {
        }

        return done == count ? bytes : throw new InvalidDataException($"it ends after {done} bytes, expected at least {count}");
    }
}
