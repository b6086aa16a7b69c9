using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>
/// Names of the user's that generated code cannot do with: that of a type parameter of generated loops, and those that take from <c>global::</c> what generated code calls by its full name.
/// </summary>
internal static class NameRules
{
    /// <summary>The type parameter of generated loops, which no type parameter around them may hide.</summary>
    private const string KernelsParameter = "TKernels";

    private const string Library = "RnnGen";

    /// <summary>Where the types of .NET are that generated code calls by their full names.</summary>
    private static readonly string[] Roots = ["System", Library];

    /// <summary>Of .NET, the types that generated code calls by their full names, which a type of the project may take from it. A test compares.</summary>
    public static readonly IReadOnlyList<string> SystemTypes =
    [
        "System.CodeDom.Compiler.GeneratedCodeAttribute", "System.IEquatable`1", "System.IntPtr", "System.IO.Stream",
        "System.NotSupportedException", "System.ObsoleteAttribute", "System.ReadOnlySpan`1", "System.Runtime.CompilerServices.CallConvCdecl",
        "System.Runtime.CompilerServices.InlineArrayAttribute", "System.Runtime.CompilerServices.MethodImplAttribute",
        "System.Runtime.CompilerServices.MethodImplOptions", "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute", "System.Runtime.Intrinsics.Vector128", "System.Runtime.Intrinsics.Vector128`1",
        "System.Runtime.Intrinsics.Vector256", "System.Runtime.Intrinsics.Vector256`1", "System.Runtime.Intrinsics.Vector512",
        "System.Runtime.Intrinsics.Vector512`1", "System.Span`1", "System.Type", "System.UIntPtr",
    ];

    public static void Check(NetworkDeclaration declaration, Compilation compilation, ProblemList problems)
    {
        for (var type = declaration.Type; type is not null; type = type.ContainingType)
            foreach (var parameter in type.TypeParameters.Where(parameter => parameter.Name == KernelsParameter))
                Add(parameter);
        foreach (var type in Replaced(compilation))
            Add(type);

        void Add(ISymbol symbol) => problems.Add(DiagnosticDescriptors.NameTaken, declaration.NameLocation, symbol.ToDisplayString());
    }

    /// <summary>Types of the project that have the full names of types that generated code uses, or stand in place of the namespaces of those.</summary>
    private static IEnumerable<INamedTypeSymbol> Replaced(Compilation compilation)
    {
        var project = compilation.Assembly;
        var types = Roots.SelectMany(name => project.GlobalNamespace.GetTypeMembers(name, 0)).Concat(SystemTypes.Select(project.GetTypeByMetadataName).OfType<INamedTypeSymbol>());
        if (compilation.GetTypeByMetadataName(SpecParser.NetworkAttribute)?.ContainingAssembly is { } library && !SymbolEqualityComparer.Default.Equals(library, project))
            foreach (string name in new[] { Library, Library + ".Runtime", Library + ".Training" })
                types = types.Concat(TypesOf(project, name).Where(type => library.GetTypeByMetadataName($"{name}.{type.MetadataName}") is { DeclaredAccessibility: Accessibility.Public }));
        return types.Where(type => !type.IsFileLocal);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(IAssemblySymbol assembly, string space)
    {
        var found = assembly.GlobalNamespace;
        foreach (string part in space.Split('.'))
            if (found.GetNamespaceMembers().FirstOrDefault(member => member.Name == part) is { } inner)
                found = inner;
            else
                return [];
        return found.GetTypeMembers();
    }
}
