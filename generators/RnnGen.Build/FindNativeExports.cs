using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnGen.Build;

/// <summary>
/// Finds the assemblies whose networks export functions to C. An assembly that applies an attribute has the attribute's name in its metadata, which is enough for
/// a warning and needs no metadata reader.
/// </summary>
public sealed class FindNativeExports : Task
{
    private const string Name = "\0NativeExportAttribute\0";

    /// <summary>The assemblies. The library that defines the attribute is skipped by name.</summary>
    [Required]
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>The assemblies that apply the attribute.</summary>
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
            return false; // The compiler reads it too, and reports the error.
        }
    }
}
