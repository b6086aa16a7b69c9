using System.ComponentModel;
using System.Reflection;
using RnnGen.Runtime;

namespace RnnGen.Tests.Surface;

/// <summary>What only generated code calls is out of the way of whoever types a dot.</summary>
public sealed class NamespaceTests
{
    private static readonly Type[] Exported = typeof(NetworkMemory).Assembly.GetExportedTypes();

    [Fact]
    public void Completion_shows_no_type_that_only_generated_code_needs()
    {
        var types = Exported.Where(type => type.Namespace == "RnnGen.Runtime" && !type.IsNested).ToList();

        Assert.InRange(types.Count, 20, int.MaxValue);
        Assert.Empty(types.Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never).Select(type => type.Name));
    }

    [Fact]
    public void Public_members_of_what_users_need_say_nothing_of_the_runtime()
    {
        var members =
            from type in Exported
            where type.Namespace is "RnnGen" or "RnnGen.Training" && type.GetCustomAttribute<EditorBrowsableAttribute>() is null
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where member.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never
            where Types(member).Any(used => used.Namespace == "RnnGen.Runtime")
            select $"{type.Name}.{member.Name}";

        Assert.Empty(members);
    }

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodBase method => [.. method.GetParameters().Select(parameter => parameter.ParameterType), (method as MethodInfo)?.ReturnType ?? typeof(void)],
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
