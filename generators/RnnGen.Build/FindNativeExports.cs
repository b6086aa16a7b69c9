using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnGen.Build;

/// <summary>
/// Finds the assemblies that have networks with functions for C. Whoever applies an attribute has its name among the names of its metadata, which is enough for
/// a warning and needs no reader of metadata.
/// </summary>
public sealed class FindNativeExports : Task
{
    private const string Name = "\0NativeExportAttribute\0";

    /// <summary>The assemblies. The library that defines the attribute is passed over, by its name.</summary>
    [Required]
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>Those among them that apply it.</summary>
    [Output]
    public ITaskItem[] Exporting { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Exporting = [.. Assemblies.Where(assembly => assembly.GetMetadata("Filename") != "RnnGen" && Applies(assembly.GetMetadata("FullPath")))];
        return !Log.HasLoggedErrors;
    }

    private static bool Applies(string path)
    {
        try
        {
            return File.Exists(path) && Encoding.GetEncoding("iso-8859-1").GetString(File.ReadAllBytes(path)).IndexOf(Name, StringComparison.Ordinal) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // The compiler reads it too, and says so.
        }
    }
}
