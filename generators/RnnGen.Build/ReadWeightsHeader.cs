using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnGen.Build;

/// <summary>
/// Copies the header of each safetensors file, which is JSON, to a text file of its own: the compiler gives its generators text, and a file of weights is none.
/// The text's first line is the path of the file in the project, then comes the header, and behind it the number of bytes that follow it. So no path has to
/// pass through MSBuild's expressions or the compiler's configuration, which give a meaning to characters such as ' # ; and [.
/// </summary>
public sealed class ReadWeightsHeader : Task
{
    /// <summary>Said of a file that is no safetensors file.</summary>
    public const string NoHeader = "RNN202";

    /// <summary>What the names of the text files end with: the generator knows them by it.</summary>
    public const string Extension = ".rnngen-weights";

    private const string Help = "https://github.com/rnngen/rnngen/blob/main/docs/diagnostics.md#rnn202";
    private const string SpecialCharacters = "%*?@$();'";
    private const int LengthBytes = 8;
    private const int HashBytes = 8;

    /// <summary>The files of weights.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Where the text files go. One that is there with the same text stays as it is.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The files again, each with the metadata <c>RnnGenWeights</c>, its path as the project has it, with slashes, and <c>HeaderFile</c>.</summary>
    [Output]
    public ITaskItem[] Named { get; private set; } = [];

    /// <summary>For each file a line that is another one when the file is: its path, its length in bytes and when it was written.</summary>
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

    /// <summary>A name that means nothing to anyone, the same for the same path and no other.</summary>
    private static string HeaderName(string path)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(path));
        return string.Concat(hash.Take(HashBytes).Select(value => value.ToString("x2", CultureInfo.InvariantCulture))) + Extension;
    }

    /// <summary>As items that a task makes are written: MSBuild undoes it when the item is read.</summary>
    internal static string Escape(string text) => string.Concat(text.Select(
        character => SpecialCharacters.IndexOf(character) >= 0 ? FormattableString.Invariant($"%{(int)character:x2}") : character.ToString()));

    private void Copy(string path, string name, string headerFile)
    {
        if (name.Any(character => character is '"' or '|' or < ' '))
        {
            const string why = "the compiler takes no path with a quotation mark, | or a control character; rename it";
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
