using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the functions that C calls, a line each: the runtime does the work.</summary>
internal static class NativeEntryPointEmitter
{
    private const string Convention = "typeof(global::System.Runtime.CompilerServices.CallConvCdecl)";

    public static void Emit(CodeWriter writer, NativePlan plan)
    {
        string type = TypeScope.ClassOf(plan.Network.Spec);
        writer.Line("#pragma warning disable CS3016 // CLS compliance does not matter: only C calls them.").Line();
        using (writer.Block($"partial class {type}"))
        {
            writer.Line($"/// <summary>The functions that C calls, named as in {plan.Prefix}.h. No exception leaves them.</summary>");
            using (writer.Block("internal static class NativeEntryPoints"))
            {
                foreach (var function in plan.Functions)
                {
                    string name = NativeText.Name(plan, function.Operation);
                    string parameters = string.Join(", ", function.Parameters.Select(parameter => $"{Type(parameter.Type)} {Name(parameter)}"));
                    writer.Gap()
                        .Line($"/// <summary>C's <c>{name}</c>.</summary>")
                        .Line("[global::System.Runtime.InteropServices.UnmanagedCallersOnly(")
                        .Line($"    EntryPoint = \"{name}\", CallConvs = new global::System.Type[] {{ {Convention} }})]")
                        .Line($"internal static {(function.ReturnsCode ? InRuntime + "NativeStatus" : "nuint")} {function.Operation}({parameters}) =>")
                        .Line($"    {Body(type, function)};");
                }
            }
        }
    }

    private static string Body(string type, NativeFunction function)
    {
        var arguments = function.Parameters.Select(Name);
        return function.Body switch
        {
            NativeBody.NetworkCall call =>
                $"{InRuntime}NativeNetwork<{type}>.{call.Method}" +
                $"({string.Join(", ", call.MakesDefault ? arguments.Prepend($"static () => {type}.CreateDefault()") : arguments)})",
            NativeBody.Constant { Value: var value } => Names.Number(value),
            NativeBody.CopyError => $"{InRuntime}NativeErrors.Copy({string.Join(", ", arguments)})",
            _ => throw new ArgumentException($"no body '{function.Body}'"),
        };
    }

    /// <summary>A type in C#, where addresses are numbers.</summary>
    private static string Type(NativeType type) => type switch
    {
        NativeType.Class => "int",
        NativeType.Length => "nuint",
        _ => "nint",
    };

    /// <summary>A parameter's name in C#: <c>inputLength</c>.</summary>
    private static string Name(NativeParameter parameter) => Names.Camel(string.Concat(parameter.Name.Split('_').Select(Names.Pascal)));
}
