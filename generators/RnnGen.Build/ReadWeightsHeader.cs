using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnGen.Build;

/// <summary>
/// Copies the JSON header of each safetensors file to a text file of its own: the compiler passes only text to generators, and a weights file is binary.
/// The first line is the path of the file in the project, then comes the header, then the number of bytes after the header. So no path has to
/// pass through MSBuild's expressions or the compiler's configuration, where characters such as ' # ; and [ have a special meaning.
/// </summary>
public sealed class ReadWeightsHeader : Task
{
    /// <summary>The code for a file that is not a safetensors file.</summary>
    public const string NoHeader = "RNN202";

    /// <summary>The suffix of the text files' names, by which the generator recognizes them.</summary>
    public const string Extension = ".rnngen-weights";

    private const string Help = "https://github.com/rnngen/rnngen/blob/main/docs/diagnostics.md#rnn202";
    private const string SpecialCharacters = "%*?@$();'";
    private const int LengthBytes = 8;
    private const int HashBytes = 8;

    /// <summary>The weights files.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The folder for the text files. A file that already has the same text is left untouched.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The files again, each with the metadata <c>RnnGenWeights</c>, its path as the project has it, with slashes, and <c>HeaderFile</c>.</summary>
    [Output]
    public ITaskItem[] Named { get; private set; } = [];

    /// <summary>For each file a line that changes when the file does: its path, its length in bytes and its time stamp.</summary>
    [Output]
    public ITaskItem[] Versions { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        List<ITaskItem> named = [], versions = [];
        foreach (ITaskItem file in Files)
        {
            string path = file.GetMetadata("FullPath"), name = file.ItemSpec.Replace('\\', '/'), header = Path.Combine(Folder, HeaderName(name));
            Copy(path, name, header);
            var item = new TaskItem(file);
            item.SetMetadata("RnnGenWeights", Escape(name));
            item.SetMetadata("HeaderFile", Escape(header));
            named.Add(item);
            var entry = new FileInfo(path);
            if (entry.Exists)
                versions.Add(new TaskItem(Escape(FormattableString.Invariant($"{name}, {entry.Length}, {entry.LastWriteTimeUtc.Ticks}"))));
        }

        (Named, Versions) = ([.. named], [.. versions]);
        return !Log.HasLoggedErrors;
    }

    /// <summary>A unique file name for a path, free of special characters.</summary>
    private static string HeaderName(string path)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(path));
        return string.Concat(hash.Take(HashBytes).Select(value => value.ToString("x2", CultureInfo.InvariantCulture))) + Extension;
    }

    /// <summary>Escapes a value for an item that a task creates; MSBuild unescapes it when the item is read.</summary>
    internal static string Escape(string text) => string.Concat(text.Select(
        character => SpecialCharacters.IndexOf(character) >= 0 ? FormattableString.Invariant($"%{(int)character:x2}") : character.ToString()));

    private void Copy(string path, string name, string headerFile)
    {
        if (name.Any(character => character is '"' or '|' or < ' '))
        {
            const string why = "the compiler accepts no path with a quotation mark, | or a control character; rename it";
            Refuse(path, "the weights '{0}' cannot be embedded: {1}", name, why);
            return;
        }

        try
        {
            string text = name + "\n" + Read(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(headerFile))!);
            if (!File.Exists(headerFile) || File.ReadAllText(headerFile) != text)
                File.WriteAllText(headerFile, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException)
        {
            Refuse(path, "the weights '{0}' cannot be read as a safetensors file: {1}", name, exception.Message);
        }
    }

    private void Refuse(string path, string message, params object[] arguments) =>
        Log.LogError(null, NoHeader, null, Help, path, 0, 0, 0, 0, message, arguments);

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
