using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnGen.Build;

/// <summary>Writes the header and the loader that the generator embeds in comments of C# files (<c>*.native.g.cs</c>).</summary>
public sealed class WriteNativeFiles : Task
{
    /// <summary>The C# files.</summary>
    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The folder for the native files. A file that already has the same text is left untouched.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The files that were written or already up to date.</summary>
    [Output]
    public ITaskItem[] Files { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var files = new List<ITaskItem>();
        foreach (ITaskItem source in Sources)
        {
            try
            {
                NativeFile file = NativeFile.Parse(File.ReadAllLines(source.ItemSpec));
                files.Add(new TaskItem(Write(file)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Log.LogError(null, null, null, source.ItemSpec, 0, 0, 0, 0, "cannot write a native file from this: {0}", exception.Message);
            }
        }

        Files = [.. files];
        return !Log.HasLoggedErrors;
    }

    private string Write(NativeFile file)
    {
        string path = Path.Combine(Folder, file.Name);
        Directory.CreateDirectory(Folder);
        if (!File.Exists(path) || File.ReadAllText(path) != file.Text)
            File.WriteAllText(path, file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
