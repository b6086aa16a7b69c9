using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>
/// A generated project of which the kernels of one instruction set run: the generated code asks for each in turn, and vectors of any width can do without it.
/// </summary>
internal static class TargetProject
{
    /// <summary>The instruction sets, in the order in which they are asked for.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["Avx512", "Avx2", "Portable"];

    /// <summary>The networks of a project, in the kernels of a target.</summary>
    public static IReadOnlyDictionary<string, IGeneratedNetwork> Load(Compilation project, string target)
    {
        foreach (var tree in project.SyntaxTrees)
        {
            string text = tree.ToString(), chosen = text;
            foreach (string other in Targets)
                chosen = chosen.Replace($"global::RnnGen.Simd.Has{other}", $"global::System.Environment.ProcessId {(other == target ? '>' : '<')} 0", StringComparison.Ordinal);
            if (chosen != text)
                project = project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(chosen, (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return IGeneratedNetwork.LoadAll(project.WithAssemblyName(project.AssemblyName + target));
    }
}
