using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Compilation;

namespace RnnGen.Formats.Tests;

/// <summary>A command line of the tool, run in this process in a folder of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-cli-");

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>What the last command wrote to standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What it wrote to standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The last command's one object.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>The names of all files in the folder, in order.</summary>
    public IEnumerable<string> Files => _folder.GetFiles("*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file.FullName)).Order(StringComparer.Ordinal);

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a model's file, as its compiled network saves it.</summary>
    public string Save(ModelDescription model, string name)
    {
        using CompiledNetwork compiled = Compilations.Of(model);
        compiled.Network.Save(this[name]);
        return this[name];
    }

    /// <summary>Runs a command.</summary>
    public int Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = Tool.Run(arguments, output, error);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
